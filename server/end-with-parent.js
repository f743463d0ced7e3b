// Loaded into a build before its own code: a build whose server was killed would go on, and keep the next one out.
// The workers that a build starts inherit this file, and have a parent of their own.
if (process.channel && process.ppid === Number(process.env.SOAPBOX_PARENT)) {
  process.on('disconnect', () => process.exit(1));
  process.channel.unref();
}
