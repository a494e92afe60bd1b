"""From files to valid records: plain data, tiny readers, one module for each kind of file."""
