/** The configuration folder, read for what analysis-service needs of it: objectives, their rhythm and their metric sources. */
@NullMarked
package dev.portcullis.analysis.configuration;

import org.jspecify.annotations.NullMarked;
