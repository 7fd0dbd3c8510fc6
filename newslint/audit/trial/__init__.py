"""A rule on trial: what it would hit in an archive before it ships.

versions -> the way of an audit, with that rule alone -> SQL -> Trial -> reports
"""
