"""完成: the room between the last answer and the paper in the inspector's hand."""
