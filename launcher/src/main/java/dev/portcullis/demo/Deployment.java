package dev.portcullis.demo;

import java.util.ArrayList;
import java.util.List;

/** The pods of one version; numbers are never given twice. Not thread-safe. */
final class Deployment {
    private final Version version;
    private final String service;
    private final List<ShopPod> pods = new ArrayList<>();
    private int numbered;

    Deployment(String service, Version version, int size) {
        this.service = service;
        this.version = version;
        for (int i = 0; i < size; i++) {
            addPod();
        }
    }

    /** Starts one more pod. */
    ShopPod addPod() {
        var pod = new ShopPod(service + "-" + version.hash() + "-" + ++numbered, service);
        pod.start();
        pods.add(pod);
        return pod;
    }

    Version version() {
        return version;
    }

    List<ShopPod> pods() {
        return List.copyOf(pods);
    }

    /** The pods that can take requests. */
    ReadyPods readyPods() {
        return new ReadyPods(version, pods.stream().filter(ShopPod::running).toList());
    }

    /** Stops every pod for good. */
    void stop() {
        pods.forEach(ShopPod::stop);
        pods.clear();
    }
}
