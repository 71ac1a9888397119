//! Walks through the pages.
