// A test may ask as fast as it likes; those about limits set one themselves.
process.env.RATE_LIMIT_PER_MINUTE ??= '0';
