package dev.tandem.script.runtime;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Subnet;

/** Which prefix lengths a subnet table holds, so that a longest match probes only those. */
final class SubnetWidths {
    private final int[] count = new int[129];
    private int longest = -1;

    void added(Subnet subnet) {
        count[subnet.width128()]++;
        longest = Math.max(longest, subnet.width128());
    }

    void removed(Subnet subnet) {
        count[subnet.width128()]--;
        while (longest >= 0 && count[longest] == 0) {
            longest--;
        }
    }

    int longestMatch(ObjectEntries table, Addr addr, int atMost) {
        for (int width = Math.min(longest, atMost); width >= 0; width--) {
            if (count[width] > 0) {
                int entry = table.findSubnet(addr, width, Subnet.hash(addr, width));
                if (entry >= 0) {
                    return entry;
                }
            }
        }
        return -1;
    }
}
