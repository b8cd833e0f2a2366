"""The wizard: the room in which an inspector fills in a visit."""
