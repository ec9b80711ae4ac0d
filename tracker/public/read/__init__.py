"""How documents answer questions:
SQL over documents, editions and changes, and nothing of the desk.

All of it runs on the connection `publication`, whose role can read nothing else. What takes one
statement is read from the latest edition as of now; what takes two learns the edition's number
first and reads as of that number.
"""
