/** Messages to PagerDuty, as alerts. */
@NullMarked
package dev.portcullis.gate.message.pagerduty;

import org.jspecify.annotations.NullMarked;
