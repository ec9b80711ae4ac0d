"""The public shape of each record and the filters over them, declared once."""
