import { debianProgram } from './debian-program.ts';

/** Path of a `redis-server`; as root on Debian or Ubuntu it is installed, but not started as a service. */
export function redisProgram(): Promise<string> {
  return debianProgram('redis-server', 'redis-server');
}
