//! The program with simulated devices: the trial with its dock, and tours by script.
//!
//! Behind a default feature: an installed kiosk can be built without it.

pub mod dock;
mod picture;
pub mod rig;
pub mod sim;
pub mod staff;
pub mod tour;
pub mod trial;
