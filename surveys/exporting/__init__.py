"""Files of answers: a wave's responses as a table, and the formats it is written in.

`load` fetches and guards, `table` holds, the others write. numpy, pandas, pyarrow and pyreadstat
are imported here: only workers and commands that compute come in.
"""
