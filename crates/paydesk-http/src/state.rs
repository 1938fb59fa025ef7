//! What every handler needs.

use std::sync::Arc;

use paydesk_app::App;
use paydesk_wire::objects::PublicUrl;

use crate::entrance::Entrance;

/// What every handler needs.
#[derive(Clone)]
pub struct HttpState {
    /// The operations.
    pub app: Arc<App>,
    /// Where the server is reached from outside.
    pub public_url: Arc<PublicUrl>,
    /// What holds for every request.
    pub entrance: Arc<Entrance>,
}
