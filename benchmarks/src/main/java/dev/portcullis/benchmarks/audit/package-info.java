/** What the audit log costs. */
@NullMarked
package dev.portcullis.benchmarks.audit;

import org.jspecify.annotations.NullMarked;
