"""Doors of background work for hiring."""
