import { Deployment, type DeploymentOptions } from './deployment.ts';

/** Runs a test with a deployment. The error of a failed test contains the output of its processes. */
export async function withDeployment<T>(
  options: DeploymentOptions,
  work: (deployment: Deployment) => Promise<T>,
): Promise<T> {
  await using deployment = await Deployment.start(options);
  try {
    return await work(deployment);
  } catch (cause) {
    throw new Error(`${cause instanceof Error ? cause.message : cause}\n${deployment.output()}`, { cause });
  }
}
