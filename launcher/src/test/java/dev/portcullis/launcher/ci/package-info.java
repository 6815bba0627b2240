/** What deploy/ci has for pipelines, run as pipelines run it, against a gate that is played. */
@NullMarked
package dev.portcullis.launcher.ci;

import org.jspecify.annotations.NullMarked;
