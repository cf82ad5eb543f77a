// Tests of load and of time share the machine's few cores: one after the other, so that none starves another.
[assembly: NonParallelizable]
