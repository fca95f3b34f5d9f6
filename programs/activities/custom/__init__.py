"""Indicators that nobody foresaw: a catalogue that administrators extend, counted like the built-in ones.

Flows are amounts on activities (`CustomAmount`); they add over time and units (`CustomTally`, kept by
triggers). Stocks are dated readings of a unit (`StockReading`): the latest as of a day counts; they add over
units only.
"""
