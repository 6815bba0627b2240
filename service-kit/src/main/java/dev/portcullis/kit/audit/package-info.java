/** What the audit log is told: who did what, when, from where and why. Knows only Java and the kit's own values; the log itself is kept by gate-service. */
@NullMarked
package dev.portcullis.kit.audit;

import org.jspecify.annotations.NullMarked;
