"""What shows a record to people:
its sentence, card, chip and footnotes, alike on the site and at the desk.

They are made of public documents, brought up by `schema.growth`, for a day;
nothing here knows a table, a request or where a page is: whoever shows them says so in a `Context`.
"""
