/** What the pages beside releases show: holds, policies, the audit log, and how Portcullis itself is. */
@NullMarked
package dev.portcullis.gate.console.overview;

import org.jspecify.annotations.NullMarked;
