/** The dashboards, rules and alerts of deploy, against a real Prometheus and the pages about them. */
@NullMarked
package dev.portcullis.launcher.monitoring;

import org.jspecify.annotations.NullMarked;
