#!/bin/sh
# Builds the Debian packages from a built layout:
#
#   deploy/debian/build.sh [LAYOUT [OUTPUT]]          tandem_VERSION_all.deb, for a Java 21 or newer of the system
#   JLINK_HOME=JDK deploy/debian/build.sh ...         besides, tandem-runtime_VERSION_ARCH.deb, which brings its own
#   JLINK_MODULES=JMODS JLINK_ARCH=arm64 ...          the same for another architecture, from the jmods of the very same
#                                                     build of that JDK
#   JLINK_IMAGE=DIR JLINK_ARCH=arm64 ...              the same from an image that jlink has made elsewhere
#   DEBFULLNAME, DEBEMAIL                             who packages
#   SOURCE_DATE_EPOCH                                 of when the packages say they are; by default, the layout's jar. Packages
#                                                     of equal contents and date are equal
#
# LAYOUT is deploy/target/tandem by default, OUTPUT deploy/target. Needs dpkg-deb and unzip, no root.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
layout=${1:-$here/../target/tandem}
output=${2:-$here/../target}
[ -e "$layout/lib/tandem.jar" ] || { echo "no $layout/lib/tandem.jar: build first (mvn package)" >&2; exit 1; }
manifest=$(unzip -p "$layout/lib/tandem.jar" META-INF/MANIFEST.MF | tr -d '\r')
version=$(printf '%s\n' "$manifest" | sed -n 's/^Implementation-Version: //p' | sed 's/-SNAPSHOT/~snapshot/')
maintainer="${DEBFULLNAME:-Tandem developers} <${DEBEMAIL:-tandem@localhost}>"
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(stat -c %Y "$layout/lib/tandem.jar")}
export SOURCE_DATE_EPOCH
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
modules=java.base,java.sql,java.management,java.naming,java.logging,java.xml,jdk.unsupported,jdk.crypto.ec,jdk.zipfs

# What the programs and libraries below $1 need: the newest of the C library's versions that they name, and the libraries
# beside it. Read off the bytes, since they may be of another architecture.
needs() {
    libraries=$(find "$1" -type f \( -name '*.so' -o -path '*/bin/*' -o -name jspawnhelper \))
    # shellcheck disable=SC2086 # paths of an image have no blanks
    newest=$(grep -aoh 'GLIBC_2\.[0-9]*' $libraries | sed 's/GLIBC_//' | sort -uV | tail -n 1)
    list="libc6 (>= $newest)"
    for pair in libz.so.1:zlib1g libstdc++.so.6:libstdc++6 libgcc_s.so.1:libgcc-s1; do
        # shellcheck disable=SC2086
        ! grep -aqF "${pair%%:*}" $libraries || list="$list, ${pair#*:}"
    done
    printf '%s' "$list"
}

# One package: its name, architecture, dependencies, the other one of the same, and the directory of a Java to bring (or nothing).
package() {
    name=$1 architecture=$2 depends=$3 other=$4 java=${5:-}
    root=$scratch/$name-$architecture
    mkdir -p "$root/DEBIAN" "$root/usr/bin" "$root/usr/lib/tandem" "$root/lib/systemd/system" "$root/etc/tandem/site" \
        "$root/usr/share/doc/$name" "$root/usr/share/man/man8" "$root/usr/share/man/man1" \
        "$root/usr/share/bash-completion/completions" "$root/usr/share/lintian/overrides"
    for part in bin lib scripts config demo; do
        cp -R "$layout/$part" "$root/usr/lib/tandem/"
    done
    if [ -n "$java" ]; then
        cp -R "$java" "$root/usr/lib/tandem/java"
        chmod -R u=rwX,go=rX "$root/usr/lib/tandem/java"
    fi
    for program in tandem tandemctl tandem-cut; do
        ln -sfn "../lib/tandem/bin/$program" "$root/usr/bin/$program"
        rm -f "$root/usr/lib/tandem/bin/$program"
        cp "$here/../../bin/tandem" "$root/usr/lib/tandem/bin/$program"
    done
    ln -s /etc/tandem "$root/usr/lib/tandem/etc"
    sed -e 's|^LogDir = .*|LogDir = /var/log/tandem|' -e 's|^SpoolDir = .*|SpoolDir = /var/lib/tandem/spool|' \
        -e 's|^CfgDir = .*|CfgDir = /etc/tandem|' -e 's|^SitePolicyPath = .*|SitePolicyPath = /etc/tandem/site|' \
        "$here/../config/tandemctl.cfg" >"$root/etc/tandem/tandemctl.cfg"
    cp "$here/../config/node.cfg" "$here/../config/networks.cfg" "$root/etc/tandem/"
    cp "$here/../config/local.zeek" "$root/etc/tandem/site/"
    cp "$here"/../systemd/* "$root/lib/systemd/system/"
    for page in "$here"/../man/*.8; do gzip -9nc "$page" >"$root/usr/share/man/man8/$(basename "$page").gz"; done
    for page in "$here"/../man/*.1; do gzip -9nc "$page" >"$root/usr/share/man/man1/$(basename "$page").gz"; done
    cp "$here"/../completion/* "$root/usr/share/bash-completion/completions/"
    cp "$here/copyright" "$root/usr/share/doc/$name/copyright"
    printf '%s (%s) unstable; urgency=medium\n\n  * Built from the sources of this version.\n\n -- %s  %s\n' \
        "$name" "$version" "$maintainer" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" |
        gzip -9nc >"$root/usr/share/doc/$name/changelog.gz"
    sed "s/@PACKAGE@/$name/" "$here/lintian-overrides" >"$root/usr/share/lintian/overrides/$name"
    (cd "$root" && find etc -type f | sed 's|^|/|' | sort) >"$root/DEBIAN/conffiles"
    for script in postinst prerm postrm; do
        install -m 755 "$here/$script" "$root/DEBIAN/$script"
    done
    find "$root" -type d -exec chmod 755 {} +
    find "$root/etc" "$root/usr/share" "$root/usr/lib/tandem/lib" "$root/usr/lib/tandem/scripts" \
        "$root/usr/lib/tandem/config" "$root/usr/lib/tandem/demo" "$root/lib" -type f -exec chmod 644 {} +
    chmod 755 "$root"/usr/lib/tandem/bin/*
    cat >"$root/DEBIAN/control" <<EOF
Package: $name
Version: $version
Section: net
Priority: optional
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du -ks --apparent-size "$root" | cut -f1)
Depends: $depends, libpcap0.8t64 | libpcap0.8, adduser
Recommends: ethtool
Suggests: default-mta | mail-transport-agent
Conflicts: $other
Replaces: $other
Description: network monitor that knows the hosts behind connections
 Analyses traffic with scripts in Zeek's language and joins it with what
 osquery hosts say of their processes, sockets and users.
$(if [ -n "$java" ]; then echo " This package brings its own Java runtime."; fi)
EOF
    sed -i '/^$/d' "$root/DEBIAN/control"
    (cd "$root" && find . -path ./DEBIAN -prune -o -type f -printf '%P\n' | sort | tr '\n' '\0' | xargs -0 md5sum) \
        >"$root/DEBIAN/md5sums"
    dpkg-deb --root-owner-group -Zgzip --build "$root" "$output/${name}_${version}_$architecture.deb"
}

package tandem all 'default-jre-headless (>= 2:1.21) | java21-runtime-headless' tandem-runtime

if [ -n "${JLINK_HOME:-}${JLINK_IMAGE:-}" ]; then
    architecture=${JLINK_ARCH:-$(dpkg --print-architecture)}
    image=${JLINK_IMAGE:-$scratch/java}
    # Of another architecture, so that objcopy of this one is kept from it: only Java's own debug information is left out.
    [ -n "${JLINK_IMAGE:-}" ] ||
        "$JLINK_HOME/bin/jlink" ${JLINK_MODULES:+--module-path "$JLINK_MODULES"} --add-modules "$modules" \
            --strip-java-debug-attributes --no-header-files --no-man-pages --compress zip-6 --output "$image"
    package tandem-runtime "$architecture" "$(needs "$image")" tandem "$image"
fi
