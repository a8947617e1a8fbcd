"""What touches the world outside: the disk, a port, the hosts of the bibliography."""
