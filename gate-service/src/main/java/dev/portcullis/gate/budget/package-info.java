/** What is left of the error budgets of services, as analysis-service last said. */
@NullMarked
package dev.portcullis.gate.budget;

import org.jspecify.annotations.NullMarked;
