"""The demo company Severpack, a supplier of packaging: pure generators, then one writer.

Everything is invented and follows from the seed: the same seed gives the same company.
"""
