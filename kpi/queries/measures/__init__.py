"""Measures one can trust: their definitions, the figures of a day, and the pages that read them."""

from kpi.queries.measures.registry import BY_CODE, DEFINITIONS, RECORDED, Definition

__all__ = ["BY_CODE", "DEFINITIONS", "RECORDED", "Definition"]
