return LittleNode.NodeProgram.Run(new LittleNode.Little(), args);
