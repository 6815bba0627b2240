/** The demo: a shop of simulated pods, and a rollout controller that asks the gate as Argo Rollouts would. */
@NullMarked
package dev.portcullis.demo;

import org.jspecify.annotations.NullMarked;
