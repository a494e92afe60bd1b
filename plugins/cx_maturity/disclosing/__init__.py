"""The rules of disclosure, one file each: how groups hang together, hiding, and the last gate."""
