package dev.portcullis.demo;

import java.util.List;

/**
 * The pods of one version that can take requests now.
 *
 * @param pods may be empty: then the arm's requests are lost, and nobody counts them
 */
record ReadyPods(Version version, List<ShopPod> pods) {
    ReadyPods {
        pods = List.copyOf(pods);
    }
}
