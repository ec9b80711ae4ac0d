"""Plain Django REST framework on the desk's tables, as its documentation teaches it."""
