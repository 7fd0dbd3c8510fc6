"""What comes of a record: findings where they stand in the record, and what the article is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Repository
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint import config
from newslint.audit.composed import composed
from newslint.audit.lint import lint_batch
from newslint.audit.linted import LINTED
from newslint.audit.record import Record, batch_of
from newslint.checker import Checker
from newslint.config import Request
