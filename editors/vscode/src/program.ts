// Whether the command of the settings is a program, before a client waits for it in vain.
import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

export class NotFound extends Error {}

/** The path of a program; throws `NotFound`, which says where it was looked for. */
export async function resolved(command: string | undefined): Promise<string> {
  if (command === undefined || command === '') {
    throw new NotFound('the setting lbtool.command is empty.');
  }
  const folders = isAbsolute(command) ? [''] : (process.env.PATH ?? '').split(delimiter);
  for (const folder of folders) {
    const path = isAbsolute(command) ? command : join(folder, command);
    if (await runs(path)) return path;
  }
  const where = isAbsolute(command) ? '' : ' on the PATH of VS Code';
  throw new NotFound(
    `there is no program "${command}"${where}. Install it, or say in the setting ` +
      'lbtool.command where it is.',
  );
}

function runs(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
