//! The program with simulated devices: the trial with its dock, tours by script, and
//! whole days at random.
//!
//! Behind a default feature: an installed kiosk can be built without it.

pub mod dock;
mod leaving;
mod obvious;
mod picture;
pub mod rig;
pub mod sim;
pub mod simulate;
pub mod staff;
mod stock;
pub mod tour;
mod tower;
pub mod trial;
