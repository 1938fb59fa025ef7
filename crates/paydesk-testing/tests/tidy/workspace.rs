//! The workspace as cargo sees it.

use std::sync::OnceLock;

use cargo_metadata::{Metadata, MetadataCommand, Package};

use crate::files;

/// The platform whose crates are looked at: the one that is built for, so that all are on disk.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";

/// The packages of the workspace and everything they depend on.
pub(crate) fn metadata() -> &'static Metadata {
    static METADATA: OnceLock<Metadata> = OnceLock::new();
    METADATA.get_or_init(|| {
        let options = ["--locked", "--filter-platform", PLATFORM];
        MetadataCommand::new()
            .manifest_path(files::root().join("Cargo.toml"))
            .other_options(options.map(str::to_owned).to_vec())
            .exec()
            .expect("cargo describes the workspace")
    })
}

/// Whether a package is ours.
pub(crate) fn is_ours(package: &Package) -> bool {
    metadata().workspace_members.contains(&package.id)
}
