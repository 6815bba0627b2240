/** What one can ask of analysis-service: a class per verb. */
@NullMarked
package dev.portcullis.analysis.usecase;

import org.jspecify.annotations.NullMarked;
