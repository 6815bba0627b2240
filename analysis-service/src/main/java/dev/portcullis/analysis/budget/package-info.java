/** The error budget of an SLO: how fast it burns, what is left of it, and when somebody is to be told. */
@NullMarked
package dev.portcullis.analysis.budget;

import org.jspecify.annotations.NullMarked;
