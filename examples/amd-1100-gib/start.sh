qemu-system-x86_64 -name database -machine pc -cpu EPYC -enable-kvm \
  -m 1126G \
  -device vfio-pci,host=41:00.0
