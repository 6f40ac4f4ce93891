import { Deployment, type DeploymentOptions } from './deployment.ts';

/** Lets a test work with a deployment; a failure tells what its processes have said. */
export async function withDeployment<T>(
  options: DeploymentOptions,
  work: (deployment: Deployment) => Promise<T>,
): Promise<T> {
  await using deployment = await Deployment.start(options);
  try {
    return await work(deployment);
  } catch (cause) {
    throw new Error(`${cause instanceof Error ? cause.message : cause}\n${deployment.said()}`, { cause });
  }
}
