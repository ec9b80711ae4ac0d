"""Nobody overwrites anybody:
forms that were opened before somebody else changed, merged or deleted the record.
"""
