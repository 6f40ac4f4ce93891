import { debianProgram } from './debian-program.ts';

/** Path of `redis-server`. As root on Debian or Ubuntu, installs it without starting a service. */
export function redisProgram(): Promise<string> {
  return debianProgram('redis-server', 'redis-server');
}
