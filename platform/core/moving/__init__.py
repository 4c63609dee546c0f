"""A whole programme in open formats, out of one installation and into another.

docs/programme-file.md tells who takes what along.

kinds      what a room says of its records; the floor knows no room
picking    which records belong to a programme, and the number that each has in the file
carrying   fields as they stand in the file, and back
archive    the zip: its manifest, its hashes, and what is refused before it is read
writing    out of this installation
arriving   into this installation: all of it, or nothing
schema     what stands where, for who reads the file with another program
"""
