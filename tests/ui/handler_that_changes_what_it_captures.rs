//! What handlers change is the state: put the counter into it. Several handlers may then change it, too.

use onpar::prelude::*;

async fn serve(mut rows: Vec<u32>) {
    let mut count = 0;
    events(&mut rows).repeat(|_| Some(async { 7 }), async |_rows, _row| count += 1).await;
    println!("{count}");
}

fn main() {}
