//! What people see of Lodge.
