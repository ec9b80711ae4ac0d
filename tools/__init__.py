"""What is used on the code, and is no part of the tracker."""
