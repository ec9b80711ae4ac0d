"""What all edges that speak HTTP share:
who asks, how often, where the tracker is reached, and which build answers.
"""
