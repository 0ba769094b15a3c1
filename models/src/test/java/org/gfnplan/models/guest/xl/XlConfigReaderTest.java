package org.gfnplan.models.guest.xl;

import static org.gfnplan.models.guest.Reading.findings;
import static org.gfnplan.models.guest.Reading.guest;
import static org.gfnplan.models.guest.Reading.problems;
import static org.gfnplan.models.guest.Reading.xl;
import static org.gfnplan.models.guest.Reading.xlProblems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.gfnplan.models.guest.Guest;
import org.gfnplan.models.guest.RdmPolicy;
import org.gfnplan.models.input.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XlConfigReaderTest {
  @Test
  void silenceHasTheDefaultsOfXlAndNamesTheirSource() {
    Guest guest = xl();
    assertEquals("x", guest.name());
    assertEquals(Guest.Type.HVM, guest.type());
    assertEquals(4096L << 10, guest.memory().mostKib().value());
    assertTrue(guest.memory().mostKib().isDefault());
    assertEquals(8L << 10, guest.memory().videoKib().value());
    assertEquals("libxl_create.c", guest.memory().videoKib().origin().document());
    assertEquals(
        "video memory defaults to 8 MiB for cirrus", guest.memory().videoKib().origin().text());
    assertNull(guest.mmioHoleMib());
    assertEquals(Guest.RdmStrategy.IGNORE, guest.rdm().strategy().value());
    assertEquals(RdmPolicy.RELAXED, guest.rdm().policy().value());
    assertEquals(2048L, guest.rdm().boundaryMib().value());
    assertTrue(guest.hap().value());
    assertEquals("seabios", guest.firmware().value());
    assertEquals(List.of(), guest.devices());
    assertEquals(List.of(), guest.findings());
    assertFalse(guest.memory().startKib().isDefault());
    assertEquals("memory = 4096", guest.memory().startKib().origin().text());
    assertEquals("g:3", guest.memory().startKib().origin().shortForm());
  }

  @Test
  void nodesMustHaveAllMemory() {
    assertEquals(
        List.of(
            "g:3: libxl refuses it: `memory` below the sum of `vnuma` means populate on demand,"
                + " which does not go together with vNUMA"),
        xlProblems("vnuma = [['size=8192']]"));
    assertEquals(
        List.of("g:5: maxmem and vnuma memory size mismatch: 4096 MiB and 4097 MiB"),
        xlProblems("maxmem = 4096", "vnuma = [['size=1'], ['size=4096']]"));
    assertEquals(
        List.of("g:4: video RAM is taken from the first node, which has less"),
        xlProblems("vnuma = [['size=4'], ['size=4092']]"));
    assertEquals(
        List.of("g:4: `size` of a node must be from 0 to 16777216 MiB, this is `x`"),
        xlProblems("vnuma = [['size=4096'], ['size=x']]"));
    assertEquals(
        List.of("g:4: `pnode` of a node must be from 0 to 63, this is `64`"),
        xlProblems("vnuma = [['size=4096', 'pnode=64']]"));
    assertEquals(
        List.of(
            "g:4: `vcpus` of a node must be numbers and ranges from 0 to 511, this is `3-2`",
            "g:4: libxl refuses a vCPU that is assigned more than once, here 1"),
        xlProblems("vnuma = [['size=4096', 'vcpus=3-2'], ['vcpus=0-1'], ['vcpus=1']]"));
    assertEquals(
        List.of(
            "g:4: `vdistances` has 2 distances, there are 1 nodes",
            "g:4: libxl refuses it: Distance from 0 to 1 smaller than 0's local distance"),
        Stream.of("[['size=4096', 'vdistances=10,20']]", "[['size=4096','vdistances=10'],[]]")
            .flatMap(nodes -> xlProblems("vnuma = " + nodes).stream())
            .toList());
    assertEquals(
        List.of(
            "g:4: `max-ram-below-4g` must be a size of at most 4 GiB, this is"
                + " `max-ram-below-4g=5G`"),
        xlProblems("device_model_args = ['max-ram-below-4g=5G']"));
  }

  @Test
  void nodesAndTheLimitOfTheDeviceModelArrive() {
    Guest guest =
        xl(
            "vnuma = [ [ 'pnode=0', 'size=3072', 'vcpus=0' ],",
            "          [ 'size=1024' ] ]",
            "device_model_args = [ '-machine', 'max-ram-below-4g=2G' ]");
    assertEquals(
        List.of(3L << 20, 1L << 20), guest.memory().nodes().stream().map(n -> n.kib()).toList());
    assertEquals("g:5", guest.memory().nodes().get(1).origin().shortForm());
    assertEquals(2L << 30, guest.machine().maxRamBelow4gBytes().value());
    assertEquals("g:6", guest.machine().maxRamBelow4gBytes().origin().shortForm());
  }

  @ParameterizedTest
  @CsvSource({
    "vga='none', 0",
    "vga='cirrus', 8",
    "vga='stdvga', 16",
    "vga='qxl', 128",
    "stdvga=1, 16",
    "stdvga=0, 8",
    "vga='cirrus';stdvga=1, 8",
    "videoram=32, 32",
    "vga='none';videoram=16, 16",
    "vga='stdvga';videoram=16, 16",
  })
  void videoMemoryFollowsTheCard(String line, long mib) {
    assertEquals(mib << 10, xl(line).memory().videoKib().value());
  }

  @ParameterizedTest
  @CsvSource({
    "videoram=7, '`videoram` must be at least 8 MiB for `cirrus`, this is 7'",
    "vga='stdvga';videoram=15, '`videoram` must be at least 16 MiB for `stdvga`, this is 15'",
    "vga='qxl';videoram=64, '`videoram` must be at least 128 MiB for `qxl`, this is 64'",
    "vga='vmware', '`vga` must be `none`, `cirrus`, `stdvga` or `qxl`, this is `vmware`'",
    "videoram=4096, 'video RAM of 4096 MiB leaves no memory, it is part of the 4096 MiB of `memory`'",
    "mmio_hole=255, 'invalid value 255 for \"mmio_hole\", it must be from 256 to 3840 MiB'",
    "mmio_hole=3841, 'invalid value 3841 for \"mmio_hole\", it must be from 256 to 3840 MiB'",
    "mmio_hole='-1', 'invalid value -1 for \"mmio_hole\", it must be from 256 to 3840 MiB'",
    "mmio_hole='9223372036854775807', 'invalid value 9223372036854775807 for \"mmio_hole\", it must be from 256 to 3840 MiB'",
    "rdm_mem_boundary='-1', '`rdm_mem_boundary` must be from 0 to 16777216 MiB, this is -1'",
    "maxmem=4095, '`maxmem` is less than `memory`: 4095 MiB and 4096 MiB'",
    "maxmem=17179869184, '`maxmem` must be from 1 to 16777216 MiB, this is 17179869184'",
    "bios='rombios', 'libxl refuses it: qemu-xen does not support bios=rombios'",
    "firmware='rombios', 'libxl refuses it: qemu-xen does not support bios=rombios'",
    "bios='coreboot', '`bios` must be `seabios` or `ovmf`, this is `coreboot`'",
    "device_model_version='qemu-xen-traditional', 'qemu-xen-traditional is not planned for: Xen 4.21 has it no more, and on 4.17 it puts memory elsewhere than `qemu-xen`'",
    "device_model_version='qemu', '`device_model_version` must be `qemu-xen`, this is `qemu`'",
    "builder='generic', '`builder` and `type` contradict each other'",
    "type='vm', '`type` must be one of `hvm`, `pv`, `pvh`, this is `vm`'",
    "vnuma=[['pnode=0']], 'the sum of `vnuma` is less than `memory`: 0 MiB and 4096 MiB'",
    "vnuma=['size=4'], 'each of `vnuma` must be a list of options'",
    "passthrough='share_pt';hap=0, 'libxl refuses it: passthrough=\"share_pt\" only valid for HAP guests'",
    "passthrough='on', 'unknown passthrough option ''on'''",
    "passthrough='disabled';pci=['1:0.0'], 'libxl refuses it: passthrough disabled but devices are specified'",
    "pci='01:00.0', '`pci` must be a list, this is a single value'",
    "rdm=['strategy=host'], '`rdm` must be a single value, this is a list'",
  })
  void whatXlOrLibxlRefusesIsAProblem(String line, String message) {
    assertEquals(List.of("g:4: " + message), xlProblems(line.replace("''", "'")));
  }

  @Test
  void memoryIsNeededInSomeForm() {
    String head = "name='x';type='hvm'\n";
    assertEquals(
        List.of("g: `memory` is missing, xl would start the guest with 32 MiB"), problems(head));
    Guest guest = guest(head + "maxmem=4096");
    assertEquals(4096L << 10, guest.memory().startKib().value());
    assertTrue(guest.memory().startKib().isDefault());
    for (String bad : List.of("0", "16777217", "17592186044416", "'-5'", "0x7fffffffffffffff")) {
      List<String> problems = problems(head + "memory=" + bad);
      assertTrue(
          problems.get(0).startsWith("g:2: `memory` must be from 1 to 16777216 MiB, this is"));
    }
    assertEquals(16L << 30, guest(head + "memory=16777216").memory().startKib().value());
  }

  @Test
  void populateOnDemandExcludesPassthrough() {
    assertEquals(8192L << 10, xl("maxmem=8192").memory().mostKib().value());
    String message =
        "libxl refuses it: `memory` below `maxmem` means populate on demand, which does not go"
            + " together with passthrough";
    assertEquals(List.of("g:3: " + message), xlProblems("maxmem=8192", "pci=['01:00.0']"));
    assertEquals(List.of("g:3: " + message), xlProblems("maxmem=8192", "passthrough='enabled'"));
    xl("maxmem=8192", "pci=[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"type='hvm'", "builder='hvm'", "type='hvm';builder='hvm'", "type='h'"})
  void hvmHasSeveralSpellings(String line) {
    assertEquals(Guest.Type.HVM, guest("name='x';memory=4096\n" + line).type());
  }

  @Test
  void pvhHasNoVideoNoHoleAndNoFirmware() {
    Guest guest = guest("name='x';memory=4096;type='pvh';vga='qxl'\nmmio_hole=1024\nkernel='k'");
    assertEquals(Guest.Type.PVH, guest.type());
    assertEquals(0, guest.memory().videoKib().value());
    assertNull(guest.mmioHoleMib());
    assertEquals("none", guest.firmware().value());
    assertEquals(List.of("mmio-hole-ignored g:2"), findings(guest));
    assertEquals(
        List.of("g:2: libxl refuses it: passthrough not yet supported for x86 PVH guests"),
        problems("name='x';memory=4096;type='pvh'\npci=['01:00.0']"));
  }

  @Test
  void pvIsNotCoveredAndAlsoWhatXlTakesForGranted() {
    assertEquals(
        List.of("g:2: PV guests are not covered: they see host frames, not a layout"),
        problems("name='x';memory=4096\ntype='pv'"));
    assertEquals(
        List.of("g:2: PV guests are not covered: they see host frames, not a layout"),
        problems("name='x';memory=4096\nbuilder='generic'"));
    assertTrue(
        problems("name='x';memory=4096;kernel='/boot/vmlinuz'")
            .get(0)
            .startsWith("g: `type` is missing and xl"));
  }

  @Test
  void aGuestThatDoesNotSayItsTypeIsPlannedAsHvmAndWarnedAbout() {
    Guest guest = guest("name='x';memory=4096");
    assertEquals(Guest.Type.HVM, guest.type());
    assertEquals("type-missing", guest.findings().get(0).id());
  }

  @ParameterizedTest
  @CsvSource({
    "bios='ovmf', ovmf",
    "bios='OVMF', ovmf",
    "firmware='ovmf', ovmf",
    "firmware='uefi', ovmf",
    "firmware='bios', seabios",
    "bios='ovmf';firmware='bios', ovmf",
    "bios='ovmf';firmware='seabios', seabios",
  })
  void firmwareHasTwoKeys(String line, String firmware) {
    assertEquals(firmware, xl(line).firmware().value());
    assertEquals(List.of(), xl(line).findings());
  }

  @Test
  void replacedProgramsAreFindings() {
    Guest guest = xl("firmware='/boot/hl'", "bios_path_override='/x'", "device_model='/y'");
    assertEquals(
        List.of("other-hvmloader g:4", "other-firmware-image g:5", "xl-ignores-device-model g:6"),
        findings(guest));
    assertEquals(List.of("other-hvmloader g:4"), findings(xl("firmware_override='/boot/hl'")));
  }

  @Test
  void theGlobalRdmLineIsMeantThoughXlDropsIt() {
    Guest guest = xl("rdm = \"strategy=host,policy=strict\"");
    assertEquals(Guest.RdmStrategy.HOST, guest.rdm().strategy().value());
    assertEquals(RdmPolicy.STRICT, guest.rdm().policy().value());
    assertEquals("g:4", guest.rdm().policy().origin().shortForm());
    assertEquals(List.of("xl-ignores-rdm-line g:4"), findings(guest));
    assertEquals(Severity.WARNING, guest.findings().get(0).severity());
    assertTrue(guest.findings().get(0).message().startsWith("xl 4.15 and later"));

    Guest bare = xl("rdm = 'strategy=host'");
    assertEquals(Guest.RdmStrategy.HOST, bare.rdm().strategy().value());
    assertTrue(bare.rdm().policy().isDefault());
    assertEquals(List.of("xl-leaves-rdm-policy-unset g:4"), findings(bare));

    Guest blank = xl("rdm = 'strategy=host, policy=relaxed'");
    assertEquals(RdmPolicy.RELAXED, blank.rdm().policy().value());
    assertEquals(List.of("xl-ignores-rdm-line g:4"), findings(blank));
    assertEquals(Guest.RdmStrategy.IGNORE, xl("rdm='policy=strict'").rdm().strategy().value());
  }

  @ParameterizedTest
  @CsvSource({
    "strategy=all, '`strategy` must be `host`, this is `all`'",
    "'strategy=host,policy=lax', '`policy` must be `strict` or `relaxed`, this is `lax`'",
    "'strategy=host,type=none', '`type=none` is not `strategy=` or `policy=`'",
    "'', '`` is not `strategy=` or `policy=`'",
    "host, '`host` is not `strategy=` or `policy=`'",
  })
  void anRdmLineThatMeansNothingIsAProblem(String rdm, String message) {
    assertEquals(List.of("g:4: " + message), xlProblems("rdm='" + rdm + "'"));
  }

  @Test
  void keysThatLookLikeLayoutKeysAreFindingsAndOthersAreNot() {
    Guest guest =
        xl(
            "memroy=1",
            "mmio_holes=512",
            "maxmemory=8192",
            "maxvcpus=4",
            "zzz=1",
            "cap=1",
            "rmd='x'");
    assertEquals(
        List.of("unknown-key-like-known g:4", "unknown-key-like-known g:5"), findings(guest));
    assertTrue(guest.findings().get(1).message().contains("`mmio_hole` shapes the layout"));
  }

  @Test
  void aMissingNameIsTheFilesName() {
    Guest guest = guest("type='hvm';memory=4096");
    assertEquals("g", guest.name());
    assertEquals(List.of("name-missing g"), findings(guest));
    assertEquals(Severity.ERROR, guest.findings().get(0).severity());
  }

  @Test
  void carriageReturnsAreReadThoughXlRefusesThem() {
    Guest guest = guest("name='x'\ntype='hvm'\r\nmemory=4096\r\n");
    assertEquals(List.of("carriage-returns g:2"), findings(guest));
    assertEquals("g:3", guest.memory().startKib().origin().shortForm());
    assertEquals(Severity.ERROR, guest.findings().get(0).severity());
  }

  @Test
  void theOtherNumbersArrive() {
    Guest guest = xl("hap=0", "rdm_mem_boundary=512", "mmio_hole=0x400", "iomem=['fe,1']");
    assertFalse(guest.hap().value());
    assertEquals(512, guest.rdm().boundaryMib().value());
    assertEquals(1024, guest.mmioHoleMib().value());
    assertEquals(List.of("iomem-not-planned g:7"), findings(guest));
  }

  @Test
  void problemsOfTheWholeFileAreReportedTogether() {
    assertEquals(
        List.of(
            "g:1: `vga` must be `none`, `cirrus`, `stdvga` or `qxl`, this is `x`",
            "g:2: invalid value 1 for \"mmio_hole\", it must be from 256 to 3840 MiB",
            "g:3: `policy` must be `strict` or `relaxed`, this is `x`",
            "g:4: `1` is not a device address",
            "g:5: libxl refuses it: qemu-xen does not support bios=rombios"),
        problems(
            "name='a';type='hvm';memory=512;vga='x'\nmmio_hole=1\nrdm='policy=x'\npci=['1']\n"
                + "bios='rombios'"));
  }
}
