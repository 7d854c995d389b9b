//! An empty scope beside the plain `async` block: alone, and within a scope. Either way it uses the memory
//! again that its thread kept from the one before.

use core::hint::black_box;

use onpar_scope::scope;

use crate::Case;
use crate::drive::drive;

pub(crate) const CASES: &[Case] =
    &[Case::new("empty_scope", alone, plain), Case::new("empty_scope_nested", nested, plain)];

fn alone(iterations: u64) {
    drive(async {
        for i in 0..iterations {
            black_box(scope(async |_| black_box(i)).await);
        }
    });
}

fn nested(iterations: u64) {
    drive(scope(async |_| {
        for i in 0..iterations {
            black_box(scope(async |_| black_box(i)).await);
        }
    }));
}

fn plain(iterations: u64) {
    drive(async {
        for i in 0..iterations {
            black_box(async { black_box(i) }.await);
        }
    });
}
