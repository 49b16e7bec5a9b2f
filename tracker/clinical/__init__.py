"""The medicine: pure functions over plain values, for a clinician to read and review."""
