"""Certification "An toàn về an ninh, trật tự": registering, assessing, deciding, rates by kind of subject."""
